<h1>How it is cached</h1>
<p class="lead">One servlet filter, <code>PageCacheFilter</code>, stands before every page. A page is rendered once, kept for two minutes, and served to everybody who may have it. The pages themselves know of it by three annotations alone.</p>
<section aria-label="Pages">
<h2>Page by page</h2>
<dl class="pages">
  <div><dt><a href="${pageContext.request.contextPath}/">Blocks</a>, block, character</dt><dd>Two minutes, the site’s <code>timeout</code>. One page for all.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/search?q=arrow">Search</a></dt><dd>A page per query: the query string is part of the key.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/languages">Languages</a></dt><dd><code>@VaryOnHeaders("Accept-Language")</code>: a page per value of that field.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/report">Report</a></dt><dd><code>@CachePage(value = 30, tags = "report")</code>: a second of work, twice a minute at most.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/feed">Feed</a></dt><dd>JSON from an asynchronous servlet, cached like the rest.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/me">Your page</a></dt><dd>Touches the session, so it is yours alone and never stored.</dd></div>
  <div><dt><a href="${pageContext.request.contextPath}/clock">Clock</a></dt><dd><code>@NeverCache</code>: nobody stores it.</dd></div>
</dl>
</section>
<section aria-label="Try">
<h2>Things to try</h2>
<p>A miss that takes a second, and then a hit, which carries <code>Age</code>:</p>
<pre tabindex="0"><code>curl -s -o /dev/null -D - ${a:html(model.site())}/report | grep -iE '^(cache-status|age|server-timing)'
curl -s -o /dev/null -D - ${a:html(model.site())}/report | grep -iE '^(cache-status|age|server-timing)'</code></pre>
<p>Two languages, two pages of one address:</p>
<pre tabindex="0"><code>curl -s -o /dev/null -D - -H 'Accept-Language: de' ${a:html(model.site())}/languages | grep -iE '^(cache-status|vary|content-language)'
curl -s -o /dev/null -D - -H 'Accept-Language: ja' ${a:html(model.site())}/languages | grep -iE '^(cache-status|vary|content-language)'</code></pre>
<p>Pages that must not be shared, and the reason why:</p>
<pre tabindex="0"><code>curl -s -o /dev/null -D - ${a:html(model.site())}/me | grep -iE '^(cache-status|set-cookie)'
curl -s -o /dev/null -D - ${a:html(model.site())}/clock | grep -iE '^(cache-status|cache-control)'</code></pre>
<p>The report is purged by its tag, here and on all servers that share a Redis:</p>
<pre tabindex="0"><code>curl -s -o /dev/null -X POST ${a:html(model.site())}/recount
curl -s -o /dev/null -D - ${a:html(model.site())}/report | grep -i '^cache-status'</code></pre>
<p>Nothing has changed since: <code>304</code>, without a body:</p>
<pre tabindex="0"><code>etag=$(curl -s -o /dev/null -D - ${a:html(model.site())}/about | tr -d '\r' | sed -n 's/^etag: //Ip')
curl -s -D - -H "If-None-Match: $etag" ${a:html(model.site())}/about | head -1</code></pre>
<p>With <code>PAGECACHE_REDIS=redis://localhost:6379</code> in the environment, several servers share their pages, and pages outlive a restart.</p>
</section>
<section aria-label="Badge">
<h2>The badge</h2>
<p>A cached page is the same for all, so its body cannot say how your answer was served; that stands in the header field <code>Cache-Status</code> (RFC 9211). Scripts cannot read the fields of the page they stand in, but they can read <code>Server-Timing</code>. So a filter in front of the cache copies the one to the other, and the script shows it. If your browser did not ask the server at all, the badge says so: a link followed twice within two minutes comes from the browser’s own cache, a reload asks again.</p>
</section>
