// Changes to Redoc's page that Redoc has no option for. Each patch fails by name if Redoc no longer has what it changes.
import { UserError } from "../cli.js";

interface Patch {
  what: string;
  find: RegExp;
  replacement: string;
}

const patches: Patch[] = [
  // Redoc loads a logo from its maker's servers, and could load more. The page must work offline.
  {
    what: "the logo in the credit line",
    find: /\(0,\w+\.jsx\)\(`img`,\{alt:`redocly logo`,[^}]*?logo-mini\.svg`\}\)/,
    // The credit stays, as text.
    replacement: "`Redocly`",
  },
  ...[
    { what: "the address of the telemetry", find: /https:\/\/otel\.cloud\.redocly\.com\/v1\/traces/ },
    { what: "the address of the icons", find: /https:\/\/cdn\.redocly\.com\/icons\/fa\/[\d.]+/ },
    { what: "the address of the code icons", find: /https:\/\/cdn\.redocly\.com\/icons\/code\/[\d.]+/ },
    // This label replaces the visible text for screen readers, so they can't name the selected example.
    { what: "the label of the example menu", find: /"aria-label":`Example`,/ },
  ].map((removed) => ({ ...removed, replacement: "" })),
  // A table that is wider than the screen must be focusable, so that the keyboard can scroll it.
  { what: "the frame of tables", find: /\{className:`md-table-wrapper`(?=\})/, replacement: "$&,tabIndex:0" },
  // Redoc copies the OpenAPI of a page. A guide has none, so its button did nothing: it copies the guide's Markdown.
  {
    what: "the text that the Copy button of a page copies",
    find: /let (\w+)=(\w+\(await (\w+)\.getText\(\),)/,
    replacement: "let $1=__redoc_definition.tags?.find(tag=>tag.name===$3.scope.tagName)?.[`x-guide`]??$2",
  },
  // Redoc's search removes line breaks and the borders of paragraphs, which glues two words together.
  {
    what: "the text that the search reads",
    find: /typeof (\w+)\.attributes\?\.content==`string`&&(\w+)\.push\(\1\.attributes\.content\)/,
    replacement: "$&,[`text`,`code`,`strong`,`em`,`link`,`inline`].includes($1.type)||$2.push(` `)",
  },
  {
    what: "the entries of the search",
    find: /title:(\w+)\.label\?\?``,text:(\w+),/,
    replacement:
      "title:$1.label??``,text:[$2,__redoc_definition.tags?.find(tag=>`/`+tag.name===$1.link)?.[`x-search-keywords`]].filter(Boolean).join(` `),",
  },
];

/** Redoc's page with all patches applied. */
export const withPatches = (page: string): string =>
  [...patches, ...codePatches(page)].reduce((patched, { what, find, replacement }) => {
    match(patched, what, find);
    return patched.replace(find, replacement);
  }, withHashLinks(page));

// Code in Markdown looks like the samples of the operations: with colors, a copy button and a scroll bar.
function codePatches(page: string): Patch[] {
  const codeBlock = match(page, "the code block", /function (\w+)\(\{lang:\w+,source:\w+,externalSource:/);
  const jsx = match(page, "how elements are created", /\(0,(\w+)\.jsx\)\(`img`/);
  const markdoc = match(page, "the Markdown parser", /new (\w+)\.Tag\(`div`,\{className:`md-table-wrapper`/);
  const component = `({lang,source})=>(0,${jsx}.jsx)(${codeBlock},{lang,source,header:{controls:{copy:{}}}})`;
  const attributes = "{content:{type:String},language:{type:String},process:{type:Boolean}}";
  const tag = `new ${markdoc}.Tag(\`CodeSample\`,{lang:language,source:content.trimEnd()})`;
  const fence = `{attributes:${attributes},transform:({attributes:{content,language}})=>${tag}}`;
  return [
    {
      what: "the components of Markdown",
      find: /\{HtmlScript:\(\)=>null(?=\})/,
      replacement: `$&,CodeSample:${component}`,
    },
    { what: "the nodes of Markdown", find: /=\{(?=table:\{transform\()/, replacement: `$&fence:${fence},` },
  ];
}

// The prerendered part of the page links to /customers, but the program uses #/customers and doesn't correct these
// links. Opened in a new tab, they would lead to an error.
function withHashLinks(page: string): string {
  const start = page.indexOf('<script type="module">');
  const prerendered = page.slice(0, start);
  match(prerendered, "links without #", / href="\/(?!\/)/);
  return prerendered.replaceAll(/ href="\/(?!\/)/g, ' href="#/') + page.slice(start);
}

/** What the group of a pattern matches. */
function match(page: string, what: string, pattern: RegExp): string | undefined {
  const found = pattern.exec(page);
  if (!found) throw redocChanged(what, "scripts/docs/patches.ts");
  return found[1];
}

export const redocChanged = (what: string, file: string): UserError =>
  new UserError(`The docs page no longer contains ${what}, because Redoc has changed. Update ${file}.`);
