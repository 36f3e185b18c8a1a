<nav class="crumbs" aria-label="You are here"><a href="${pageContext.request.contextPath}/">Blocks</a></nav>
<h1>${a:html(model.block().title())}</h1>
<p class="lead"><span class="mono">${model.block().range()}</span> · ${model.block().assigned()} of ${model.block().size()} code points assigned</p>
<a:when test="${model.count() > 1}">
<nav class="pager" aria-label="Pages of this block">
  <a:when test="${model.previous() > 0}"><a rel="prev" href="${pageContext.request.contextPath}/block/${model.block().name()}?page=${model.previous()}">← ${model.previous()}</a></a:when>
  <span>page ${model.number()} of ${model.count()}</span>
  <a:when test="${model.next() > 0}"><a rel="next" href="${pageContext.request.contextPath}/block/${model.block().name()}?page=${model.next()}">${model.next()} →</a></a:when>
</nav>
</a:when>
<ol class="grid">
<a:each items="${model.cells()}" var="cell"><li><a:when test="${cell.assigned()}"><a href="${pageContext.request.contextPath}/char/${cell.hex()}" title="${a:html(cell.name())}"><span class="glyph" aria-hidden="true">${a:html(cell.glyph())}</span><span class="unseen">${a:html(cell.name())} </span><span class="hex">${cell.hex()}</span></a></a:when><a:when test="${!cell.assigned()}"><span class="void"><span class="hex">${cell.hex()}</span></span></a:when></li>
</a:each></ol>
