// Binds the one passkey form of a page to the ceremony in webauthn.js. Without script the code app is the other way.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const kind = form.dataset.passkey;
  const button = form.querySelector("button");
  const ids = { credential: form.elements.credential.id, data: "js_data", [kind]: button.id };
  window.allauth.webauthn.forms[`${kind}Form`]({ ids });
  form.addEventListener("submit", (event) => { event.preventDefault(); button.click(); });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("passkey-wrong").hidden = false;
  });
})();
