<h1>Search the names</h1>
<search class="tools">
  <form action="${pageContext.request.contextPath}/search" method="get">
    <label for="q">Words of a name, a character, or a code point</label>
    <div class="field"><input id="q" name="q" type="search" maxlength="100" value="${a:html(model.query())}" placeholder="greek small letter" autocomplete="off"><button>Search</button></div>
  </form>
</search>
<a:when test="${model.idle()}">
<p class="lead">Try <a href="?q=snowman">snowman</a>, <a href="?q=black+chess">black chess</a>, <a href="?q=ligature">ligature</a> or <a href="?q=U%2B1F310">U+1F310</a>. Each query has a page of its own in the cache, because the query string is part of the key.</p>
</a:when>
<a:when test="${!model.idle()}">
<p class="lead">${model.found()} found for “${a:html(model.query())}”<a:when test="${model.capped()}">, the first ${model.hits().size()} of them here</a:when>.</p>
<ul class="hits">
<a:each items="${model.hits()}" var="cell"><li><a href="${pageContext.request.contextPath}/char/${cell.hex()}"><span class="glyph" aria-hidden="true">${a:html(cell.glyph())}</span><span class="name">${a:html(cell.name())}</span><span class="hex">${cell.hex()}</span></a></li>
</a:each></ul>
</a:when>
