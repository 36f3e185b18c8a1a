<h1>A slow report</h1>
<p class="lead">All ${model.assignedNumber()} characters counted by category and script. The work takes a second on purpose. Its page is kept for 30&nbsp;seconds: reload, and see what that is worth.</p>
<form action="${pageContext.request.contextPath}/recount" method="post">
  <button>Count again</button>
</form>
<div class="columns">
<section aria-label="Categories">
  <h2>By category</h2>
  <table class="tally"><thead class="unseen"><tr><th scope="col">Category</th><th scope="col">Characters</th></tr></thead><tbody>
  <a:each items="${model.categories()}" var="row"><tr><th scope="row">${a:html(row.label())}<svg class="rule" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${row.width()}" height="1"/></svg></th><td>${row.number()}</td></tr>
  </a:each></tbody></table>
</section>
<section aria-label="Scripts">
  <h2>By script</h2>
  <table class="tally"><thead class="unseen"><tr><th scope="col">Script</th><th scope="col">Characters</th></tr></thead><tbody>
  <a:each items="${model.scripts()}" var="row"><tr><th scope="row">${a:html(row.label())}<svg class="rule" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${row.width()}" height="1"/></svg></th><td>${row.number()}</td></tr>
  </a:each></tbody></table>
</section>
</div>
