<h1>The time</h1>
<p class="clock"><time>${model.time()}</time></p>
<p class="lead">${model.date()}, UTC. The servlet carries <code>@NeverCache</code>: neither this cache nor any other may keep the page, and each reload shows another instant.</p>
