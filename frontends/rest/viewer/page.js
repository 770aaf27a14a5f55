// Shows openapi.json with Swagger UI. A token that is typed in stays in the memory of this page.
'use strict';

(() => {
  const logIn = document.getElementById('log-in');
  const form = logIn.querySelector('form');
  const state = document.getElementById('state');
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  const takeScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);

  // What destroys is sent by who writes the request themselves, not by a button beside its description.
  const noDestructiveTries = () => ({
    statePlugins: {
      spec: {
        wrapSelectors: {
          allowTryItOutFor: (_, system) => (_state, path, method) =>
            system.specSelectors.specJson().getIn(['paths', path, method, 'x-effect']) !== 'destructive',
        },
      },
    },
  });

  // There is one server, this one.
  const noServers = () => ({ wrapComponents: { ServersContainer: () => () => null } });

  // The viewer's headings go from the first order to the third.
  const secondHeading = () => ({
    wrapComponents: {
      operations: (Operations, { React }) => (props) => React.createElement(
        React.Fragment, null,
        React.createElement('h2', { className: 'operations-title' }, 'Operations'),
        React.createElement(Operations, props),
      ),
    },
  });

  // The viewer has a landmark for the operations, and none for what stands above them.
  const within = (role) => (Part, { React }) => (props) => React.createElement(
    'div', { role }, React.createElement(Part, props),
  );
  const landmarks = () => ({
    wrapComponents: { InfoContainer: within('banner'), FilterContainer: within('search') },
  });

  // The viewer puts a link into the button that opens an operation; the address follows the button as well.
  const plainNames = () => ({
    wrapComponents: { DeepLink: (_, { React }) => ({ text }) => React.createElement('span', null, text) },
  });

  // What can be scrolled has to be reached by keys, and what is chosen from needs a name.
  function mend(viewer) {
    for (const code of viewer.querySelectorAll('pre.microlight')) code.tabIndex = 0;
    for (const choice of viewer.querySelectorAll('[data-param-name] select:not([aria-label])')) {
      choice.setAttribute('aria-label', choice.closest('[data-param-name]').dataset.paramName);
    }
  }

  function show(document, token) {
    const viewer = window.document.getElementById('viewer');
    new MutationObserver(() => mend(viewer)).observe(viewer, { childList: true, subtree: true });
    const ui = SwaggerUIBundle({
      spec: document,
      domNode: viewer,
      deepLinking: true,
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      filter: true,
      syntaxHighlight: { theme: 'tomorrow-night' },
      validatorUrl: null,
      plugins: [noDestructiveTries, noServers, secondHeading, landmarks, plainNames],
      onComplete: () => { if (token) ui.preauthorizeApiKey('bearer', token); },
    });
  }

  async function read(token) {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    const answer = await fetch('openapi.json', { headers, credentials: 'omit' });
    if (answer.status === 401) {
      logIn.hidden = false;
      state.textContent = token ? 'The server does not know this token.' : 'The document is for who has logged in.';
      return;
    }
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    show(await answer.json(), token);
    logIn.remove();
    state.textContent = '';
  }

  const start = (token) => read(token).catch((error) => {
    state.textContent = `openapi.json cannot be shown: ${error.message}.`;
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start(document.getElementById('token').value);
  });
  dark.addEventListener('change', takeScheme);
  takeScheme();
  start('');
})();
