<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<jsp:include page="plain.jsp"><jsp:param name="a" value="b"/></jsp:include>
