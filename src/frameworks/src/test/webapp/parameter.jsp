<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>${param.q} ${empty header['X-Plan'] ? 'basic' : header['X-Plan']}</p>
