<h1>Every block of Unicode</h1>
<p class="lead">${model.blocks()} blocks, ${model.assigned()} code points in use, drawn from what the Java runtime knows.
Each sheet below is rendered once and then served from the cache; the badge above says which you got.</p>
<section class="day" id="day" aria-label="Character of the day" hidden></section>
<search class="tools">
  <form action="${pageContext.request.contextPath}/search" method="get">
    <label for="q">Find a character by name</label>
    <div class="field"><input id="q" name="q" type="search" maxlength="100" placeholder="snowman, ligature, U+2603 …" autocomplete="off"><button>Search</button></div>
  </form>
  <div id="filter-box" hidden>
    <label for="filter">Filter the blocks</label>
    <div class="field"><input id="filter" type="search" placeholder="greek, 1F6, arrows …" autocomplete="off"></div>
    <p id="filter-count" class="quiet" role="status"></p>
  </div>
</search>
<a:each items="${model.chapters()}" var="chapter">
<section class="chapter">
  <h2>${a:html(chapter.title())}</h2>
  <ul class="blocks">
  <a:each items="${chapter.blocks()}" var="block"><li><a href="${pageContext.request.contextPath}/block/${block.name()}">
    <span class="glyph" aria-hidden="true">${a:html(block.sample())}</span>
    <span class="name">${a:html(block.title())}</span>
    <span class="meta">${block.range()} <span class="count">${block.assigned()}</span></span></a></li>
  </a:each>
  </ul>
</section>
</a:each>
