<%@ page contentType="text/html;charset=UTF-8" %>
<p>default ${1 + 1}</p>
