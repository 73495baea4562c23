/**
 * The frame of the Word page: the toolbar, the place for messages and the desk on which the sheets lie. Nothing may be loaded
 * but the two files named here; `nonce` lets the styles that the document itself brings in.
 */
export function pageHtml(page: { script: string; style: string; source: string; nonce: string; uri: string }): string {
  const { script, style, source, nonce, uri } = page;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${style}">
<title>Word page</title>
</head>
<body data-nonce="${nonce}" data-uri="${escape(uri)}">
<div id="toolbar" role="toolbar" aria-label="Word page">
<div role="group" aria-label="Tracked changes">
<button data-view="markup" aria-pressed="true" title="Show what is inserted and deleted">Markup</button>
<button data-view="final" aria-pressed="false" title="Show the text as if all changes were accepted">Final</button>
<button data-view="original" aria-pressed="false" title="Show the text as if all changes were rejected">Original</button>
</div>
<span id="authors" aria-label="Colours of the authors"></span>
<div role="group" aria-label="Zoom" class="end">
<span id="where" aria-live="off"></span>
<button data-zoom="out" aria-label="Smaller" title="Smaller (Ctrl+−)">−</button>
<button data-zoom="fit" title="As wide as the panel (Ctrl+0)">Fit</button>
<button data-zoom="in" aria-label="Larger" title="Larger (Ctrl++)">+</button>
</div>
</div>
<div id="band" role="status" hidden></div>
<main id="desk" aria-label="Pages"><div id="sheets"></div></main>
<div id="gauge" aria-hidden="true"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
