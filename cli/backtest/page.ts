import { escape as inHtml } from 'html-escaper';
import { drawSvg, type Shown } from './picture.ts';

/** Formats a backtest as an HTML page with the picture and the table. It has no scripts and loads nothing. */
export const drawPage = (shown: Shown, table: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Backtest of ${inHtml(shown.name)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2733; max-width: 1200px; margin: 2em auto; padding: 0 1em; }
svg { max-width: 100%; height: auto; }
pre { overflow-x: auto; padding: 1em; background: #f4f6f8; font-size: 13px; }
</style>
</head>
<body>
${drawSvg(shown)}
<pre>${inHtml(table)}</pre>
</body>
</html>
`;
