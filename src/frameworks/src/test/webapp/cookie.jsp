<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>${cookie.currency.value}</p>
