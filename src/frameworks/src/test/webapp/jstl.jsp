<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ taglib uri="jakarta.tags.core" prefix="c" %>
<%@ taglib uri="jakarta.tags.fmt" prefix="fmt" %>
<c:set var="name" value="Tea"/>
<c:forEach var="i" begin="1" end="3"><a href="<c:url value='/products/${i}'/>">${name}</a> <c:out value="${user}"/></c:forEach>
<fmt:formatNumber value="1234.5"/>
