<h1>${a:html(info.title())}</h1>
<p class="lead">${a:html(model.message())}</p>
<p>The <a href="${pageContext.request.contextPath}/">table of blocks</a> shows what there is, and the <a href="${pageContext.request.contextPath}/search">search</a> knows every character by name.</p>
