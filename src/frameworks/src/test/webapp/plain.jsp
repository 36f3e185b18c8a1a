<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>plain ${1 + 1}</p>
