<h1>Languages and countries</h1>
<p class="lead">In <strong lang="${model.tag()}" dir="${model.direction()}">${a:html(model.self())}</strong>, as your browser’s <code>Accept-Language</code> asks.
The answer says <code>Vary: Accept-Language</code>, so each value of that field has a page of its own in the cache.</p>
<section aria-label="Languages">
  <h2>${model.languages().size()} languages</h2>
  <ul class="names" lang="${model.tag()}" dir="${model.direction()}">
  <a:each items="${model.languages()}" var="each"><li><span class="name">${a:html(each.name())}</span> <bdi lang="${each.code()}" class="own">${a:html(each.own())}</bdi> <span class="hex" dir="ltr">${each.code()}</span></li>
  </a:each></ul>
</section>
<section aria-label="Countries">
  <h2>${model.countries().size()} countries and territories</h2>
  <ul class="names" lang="${model.tag()}" dir="${model.direction()}">
  <a:each items="${model.countries()}" var="each"><li><span class="name">${a:html(each.name())}</span> <span class="hex" dir="ltr">${each.code()}</span></li>
  </a:each></ul>
</section>
