<nav class="crumbs" aria-label="You are here"><a href="${pageContext.request.contextPath}/">Blocks</a>
<a:when test="${model.block() != null}"><a href="${pageContext.request.contextPath}/block/${model.block().name()}${model.blockPage() > 1 ? '?page='.concat(model.blockPage()) : ''}">${a:html(model.block().title())}</a></a:when></nav>
<article class="character" id="character" data-hex="${model.self().hex()}" data-name="${a:html(model.self().name())}">
  <div class="plate">
    <p class="specimen${model.self().glyph().isEmpty() ? ' none' : ''}" aria-hidden="true">${model.self().glyph().isEmpty() ? 'no visible form' : a:html(model.self().glyph())}</p>
    <nav class="neighbours" aria-label="Neighbours">
      <a:when test="${model.previous() != null}"><a rel="prev" href="${pageContext.request.contextPath}/char/${model.previous().hex()}" title="${a:html(model.previous().name())}">← <span class="glyph" aria-hidden="true">${a:html(model.previous().glyph())}</span> <span class="hex">${model.previous().hex()}</span></a></a:when>
      <a:when test="${model.next() != null}"><a rel="next" href="${pageContext.request.contextPath}/char/${model.next().hex()}" title="${a:html(model.next().name())}"><span class="hex">${model.next().hex()}</span> <span class="glyph" aria-hidden="true">${a:html(model.next().glyph())}</span> →</a></a:when>
    </nav>
  </div>
  <div class="facts">
    <h1><span class="mono">U+${model.self().hex()}</span> ${a:html(model.self().name())}</h1>
    <a:each items="${model.groups()}" var="group">
    <section>
      <h2>${group.title()}</h2>
      <dl class="${group.title().equals('Spelling') ? 'spelling' : 'plain'}">
      <a:each items="${group.facts()}" var="fact"><div><dt>${fact.label()}</dt><dd><a:when test="${fact.path().isEmpty()}">${a:html(fact.value())}</a:when><a:when test="${!fact.path().isEmpty()}"><a href="${pageContext.request.contextPath}${fact.path()}">${a:html(fact.value())}</a></a:when></dd></div>
      </a:each></dl>
    </section>
    </a:each>
    <form action="${pageContext.request.contextPath}/me" method="post">
      <button name="keep" value="${model.self().hex()}">Keep it on your page</button>
    </form>
  </div>
</article>
