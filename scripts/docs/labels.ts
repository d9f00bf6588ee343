// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of Redoc's program, as they stand there.
// Redoc's own labels in Spanish. It has no option for them, so they are put into the page once it is rendered; where one
// is not found any more, the build fails and names it.
import { UserError } from "../cli.js";

/** Labels that Redoc looks up by a key: key → what it shows by itself, and what the Spanish page shows. */
const byKey: Record<string, [english: string, spanish: string]> = {
  "actions.hide": ["Hide", "Ocultar"],
  "actions.more": ["more", "más"],
  "actions.show": ["Show", "Mostrar"],
  additionalProperties: ["additional property", "propiedad adicional"],
  "badges.deprecated": ["deprecated", "obsoleto"],
  // What the docs show is "2 array properties": the word has no place in the Spanish order, and an empty one counts as missing.
  array: ["array", "\u200b"],
  bearerFormat: ["Bearer Format", "Formato del token"],
  body: ["Body", "Cuerpo"],
  "codeSnippet.copy.buttonText": ["Copied!", "Copiado"],
  "codeSnippet.collapse.tooltipText": ["Collapse all", "Contraer todo"],
  "codeSnippet.copy.tooltipText": ["Copy to clipboard", "Copiar al portapapeles"],
  "codeSnippet.expand.tooltipText": ["Expand all", "Expandir todo"],
  contentType: ["Response media type", "Tipo de contenido"],
  details: ["details", "detalles"],
  default: ["Default", "Por defecto"],
  enum: ["Enum", "Valores"],
  example: ["Example", "Ejemplo"],
  examples: ["Examples", "Ejemplos"],
  header: ["Headers", "Encabezados"],
  hideExample: ["Hide example", "Ocultar el ejemplo"],
  httpAuthorizationScheme: ["HTTP Authorization Scheme", "Esquema de autorización HTTP"],
  "info.license": ["License", "Licencia"],
  "info.title": ["Overview", "Resumen"],
  "jsonViewer.showLess": ["Show less", "Mostrar menos"],
  "jsonViewer.showMore": ["Show more", "Mostrar más"],
  "loaders.loading": ["Loading...", "Cargando…"],
  loading: ["Loading...", "Cargando…"],
  moreDetails: ["More details", "Más detalles"],
  noRequestPayload: ["No request payload", "La solicitud no lleva cuerpo"],
  noResponseContent: ["No content", "Sin contenido"],
  noResponseExample: ["No response sample", "Sin ejemplo de respuesta"],
  "openapi.collapseAll": ["Collapse all", "Contraer todo"],
  "openapi.deepLink.tooltip": ["Link to this section", "Enlace a esta sección"],
  "openapi.expandAll": ["Expand all", "Expandir todo"],
  "openapi.hidePattern": ["Hide pattern", "Ocultar el patrón"],
  "openapi.showPattern": ["Show pattern", "Mostrar el patrón"],
  operations: ["Operations", "Operaciones"],
  "page.actions.copyButtonText": ["Copy", "Copiar"],
  "page.actions.copyDescription": ["Copy page as YAML for LLMs", "Copiar la página como YAML para un LLM"],
  "page.actions.copyTitle": ["Copy for LLM", "Copiar para un LLM"],
  "page.actions.moreActions": ["More actions", "Más acciones"],
  "page.apiNotFound.backButton": ["Back to docs", "Volver a la documentación"],
  "page.apiNotFound.description": ["There's no page at", "No hay ninguna página en"],
  "page.apiNotFound.hint": ["It may have been moved or deleted.", "Puede que se haya movido o eliminado."],
  "page.apiNotFound.title": ["No page at this address", "No hay ninguna página en esta dirección"],
  parameterName: ["parameter name", "nombre del parámetro"],
  path: ["Path", "Ruta"],
  payload: ["Payload", "Cuerpo"],
  properties: ["properties", "propiedades"],
  property: ["property", "propiedad"],
  query: ["Query", "Consulta"],
  recursive: ["Recursive", "Recursivo"],
  request: ["Request", "Solicitud"],
  requestSample: ["Request sample", "Ejemplo de solicitud"],
  required: ["required", "obligatorio"],
  response: ["Response", "Respuesta"],
  responseSample: ["Response sample", "Ejemplo de respuesta"],
  responses: ["Responses", "Respuestas"],
  "search.navbar.label": ["Search ", "Buscar "],
  "search.searchItem.deprecated": ["Deprecated", "Obsoleto"],
  "search.searchItem.enum": ["Enum", "Valores"],
  "search.searchItem.example": ["Example", "Ejemplo"],
  security: ["Security", "Seguridad"],
  "servers.title": ["Servers", "Servidores"],
  showExample: ["Show example", "Mostrar el ejemplo"],
  "sidebar.actions.changeToSingleColumn": ["Switch to single column", "Cambiar a una columna"],
  "sidebar.actions.changeToTwoColumns": ["Switch to two columns", "Cambiar a dos columnas"],
  "sidebar.actions.hide": ["Hide sidebar", "Ocultar la barra lateral"],
  "sidebar.actions.show": ["Show sidebar", "Mostrar la barra lateral"],
  "sidebar.actions.singleColumn": ["Single column", "Una columna"],
  "sidebar.actions.twoColumns": ["Two columns", "Dos columnas"],
  unsupportedLanguage: ["Language is not supported.", "No hay ejemplo en este lenguaje."],
  value: ["Value", "Valor"],
  viewSecurityDetails: ["View security details", "Ver detalles de seguridad"],
};

/** Labels that are written into Redoc's program: as they stand there, and what takes their place. */
const written: [english: string, spanish: string][] = [
  ["placeholder:`Search docs...`", "placeholder:`Busca en la documentación…`"],
  ["text:`to navigate`", "text:`para moverte`"],
  ["text:`to select`", "text:`para elegir`"],
  ["text:`to exit`", "text:`para salir`"],
  ["`Search endpoints, schemas, and more...`", "`Busca operaciones, campos y guías…`"],
  ["children:`API docs by`", "children:`Hecho con`"],
  ["`Close navigation menu`:`Open navigation menu`", "`Cerrar el menú`:`Abrir el menú`"],
  ["tip:`Switch color mode`", "tip:`Cambiar entre claro y oscuro`"],
  [
    '"aria-label":t,size:`small`,variant:`outlined`',
    '"aria-label":t===`dark`?`oscuro`:`claro`,size:`small`,variant:`outlined`',
  ],
  ["`link to ${", "`enlace a ${"],
  ["(`characters`,", "(`caracteres`,"],
  ["`One of:`", "`Una de:`"],
  ["`Any of:`", "`Cualquiera de:`"],
  ["` or `", "` o `"],
  ["label:`and`", "label:`y`"],
  ["children:` and `", "children:` y `"],
  ["{children:`and`}", "{children:`y`}"],
  ["`Show sidebar`:`Hide sidebar`", "`Mostrar la barra lateral`:`Ocultar la barra lateral`"],
  ['"aria-label":`Response status`', '"aria-label":`Estado de la respuesta`'],
  ['"aria-label":`Collapse all`', '"aria-label":`Contraer todo`'],
  ['"aria-label":`Expand all`', '"aria-label":`Expandir todo`'],
  ['"aria-label":`collapse`', '"aria-label":`contraer`'],
  ['"aria-label":`Search trigger button`', '"aria-label":`Abrir la búsqueda`'],
  ["size:`small`,onClick:e,children:`Cancel`", "size:`small`,onClick:e,children:`Cancelar`"],
  ["children:`No results`", "children:`Sin resultados`"],
  ["`Array of `", "`Array de `"],
  ["`property name`", "`nombre del campo`"],
  ["`Value:`:`Enum:`", "`Valor:`:`Valores:`"],
  ["label:`Enum:`", "label:`Valores:`"],
  ["`query parameters`", "`parámetros de consulta`"],
  ["`path parameters`", "`parámetros de ruta`"],
  ["`header parameters`", "`encabezados`"],
  ["=`request fields`", "=`campos de la solicitud`"],
  ["=`schema fields`", "=`campos`"],
  ["`response ${e} fields`", "`respuesta ${e} campos`"],
  ["`response ${e} headers`", "`respuesta ${e} encabezados`"],
  ["`response ${e} examples`", "`respuesta ${e} ejemplos`"],
  ["`response ${e}`", "`respuesta ${e}`"],
  // The search reads the status out of the words above.
  ["(?:^|\\s)response (\\S+) ", "(?:^|\\s)respuesta (\\S+) "],
  ['"aria-label":`Copy`', '"aria-label":`Copiar`'],
  ["label:`Payload`,lang:`payload`", "label:`Cuerpo`,lang:`payload`"],
];

/** Labels in the part of the page that is rendered before its program runs; the program must find there what it would write. */
const prerendered: [english: string, spanish: string][] = [
  [">Loading...<", ">Cargando…<"],
  [">API docs by<", ">Hecho con<"],
  ['aria-label="light"', 'aria-label="claro"'],
  ['aria-label="Hide sidebar"', 'aria-label="Ocultar la barra lateral"'],
  ['aria-label="Open navigation menu"', 'aria-label="Abrir el menú"'],
];

/** The same for what stands there only where the document has it: a licence, servers. */
const prerenderedIfAny: typeof prerendered = [
  [">Overview<", ">Resumen<"],
  [">License<", ">Licencia<"],
  [">Servers<", ">Servidores<"],
  ['aria-label="Copy"', 'aria-label="Copiar"'],
];

// How Redoc looks a label up: this is where the table above comes in.
const lookup = "useTranslate:()=>({translate:(e,t)=>";

/** The rendered page with Redoc's labels in Spanish. The document's own texts are left as they are. */
export function inSpanish(page: string): string {
  const [before, program, data] = parts(page);
  const table = Object.fromEntries(
    Object.entries(byKey).map(([key, [english, spanish]]) => {
      found(program, `\`${key}\``, english);
      found(program, `\`${english}\``, english);
      return [key, spanish];
    }),
  );
  found(program, lookup, "how labels are looked up");
  const translated = written
    .reduce((text, [english, spanish]) => replaced(text, english, spanish), program)
    .replace(lookup, () => `${lookup}(${JSON.stringify(table)})[e]||`);
  const shown = prerendered.reduce((text, [english, spanish]) => replaced(text, english, spanish), before);
  const first = prerenderedIfAny.reduce(
    (text, [english, spanish]) => text.replaceAll(english, spanish),
    shown,
  );
  return first + translated + data;
}

function parts(page: string): [before: string, program: string, data: string] {
  const start = page.indexOf('<script type="module">');
  const end = page.indexOf("const __redoc_definition =");
  if (start < 0 || end < start) throw changed("its program");
  return [page.slice(0, start), page.slice(start, end), page.slice(end)];
}

function replaced(text: string, english: string, spanish: string): string {
  found(text, english, english);
  return text.replaceAll(english, () => spanish);
}

function found(text: string, part: string, label: string): void {
  if (!text.includes(part)) throw changed(label);
}

const changed = (label: string): UserError =>
  new UserError(
    `Redoc's page no longer holds "${label}". Redoc has changed: look for what it shows now, then mend scripts/docs/labels.ts.`,
  );

/** What the Spanish page must not show. */
export const englishLabels: string[] = [
  ...Object.values(byKey).map(([english]) => english),
  ...[...written, ...prerendered, ...prerenderedIfAny].flatMap(
    ([english]) => english.match(/(?<=[`>"])[^`<>"$:,={}]+(?=[`<"])/g) ?? [],
  ),
].map((label) => label.trim());
