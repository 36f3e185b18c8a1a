<h1>Hello<a:when test="${!model.visitor().nickname().isEmpty()}">, ${a:html(model.visitor().nickname())}</a:when></h1>
<p class="lead">You have opened this page <strong>${model.visitor().visits()}</strong> ${model.visitor().visits() == 1 ? 'time' : 'times'} in this session.
It is never stored: rendering it touches your session, the cache notices, and lets every request through. No annotation asks for that.</p>
<form class="tools" action="${pageContext.request.contextPath}/me" method="post">
  <label for="nickname">What shall we call you?</label>
  <div class="field"><input id="nickname" name="nickname" maxlength="40" value="${a:html(model.visitor().nickname())}" autocomplete="nickname"><button>Save</button></div>
</form>
<section aria-label="Kept">
  <h2>Characters you kept</h2>
  <a:when test="${model.kept().isEmpty()}"><p class="quiet">None yet. Each character’s page has a button for it.</p></a:when>
  <ul class="hits">
  <a:each items="${model.kept()}" var="cell"><li><a href="${pageContext.request.contextPath}/char/${cell.hex()}"><span class="glyph" aria-hidden="true">${a:html(cell.glyph())}</span><span class="name">${a:html(cell.name())}</span><span class="hex">${cell.hex()}</span></a></li>
  </a:each></ul>
</section>
<section aria-label="Seen">
  <h2>Recently seen</h2>
  <p class="quiet">A page that comes from the cache never reaches the application, so your session cannot know what you read. This list stays in your browser, and a script keeps it.</p>
  <ul class="hits" id="seen"></ul>
</section>
