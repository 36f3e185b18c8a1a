<%@ page contentType="text/html;charset=UTF-8" %>
<jsp:useBean id="names" class="java.util.ArrayList" scope="session"/>
<% names.add("x"); %><p>${names.size()}</p>
