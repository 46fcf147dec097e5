// The one way in which a script of the desk reads HTML. The browser lets no other (Trusted Types, trusted-types inert-page): what comes
// out is a document of its own in which no script runs, whose parts are taken over node by node.

const policy = window.trustedTypes?.createPolicy("inert-page", { createHTML: html => html });

/** @param {string} html A page of this desk, or what was pasted or dropped. @returns {Document} */
export const inertPage = html => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
