// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of Redoc's program.
// Redoc's own labels in Spanish. Redoc has no option for them, so they are replaced in the rendered page. If a label isn't
// found, the build fails and names it.
import { UserError } from "../cli.js";

/** Labels that Redoc looks up by a key: key → Redoc's label and ours. */
const byKey: Record<string, [english: string, spanish: string]> = {
  "actions.hide": ["Hide", "Ocultar"],
  "actions.more": ["more", "más"],
  "actions.show": ["Show", "Mostrar"],
  additionalProperties: ["additional property", "campo adicional"],
  "badges.deprecated": ["deprecated", "obsoleto"],
  // Redoc shows "2 array properties". Spanish has no place for the word, and Redoc ignores an empty label.
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
  enum: ["Enum", "Valores permitidos"],
  example: ["Example", "Ejemplo"],
  examples: ["Examples", "Ejemplos"],
  header: ["Headers", "Encabezados"],
  hideExample: ["Hide example", "Ocultar el ejemplo"],
  httpAuthorizationScheme: ["HTTP Authorization Scheme", "Esquema de autorización HTTP"],
  "info.license": ["License", "Licencia"],
  "info.title": ["Overview", "Información general"],
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
  parameterName: ["parameter name", "Nombre del parámetro"],
  path: ["Path", "Parámetros de ruta"],
  payload: ["Payload", "Cuerpo"],
  properties: ["properties", "campos"],
  property: ["property", "campo"],
  query: ["Query", "Parámetros de consulta (query)"],
  recursive: ["Recursive", "Recursivo"],
  request: ["Request", "Solicitud"],
  requestSample: ["Request sample", "Ejemplo de solicitud"],
  required: ["required", "obligatorio"],
  response: ["Response", "Respuesta"],
  responseSample: ["Response sample", "Ejemplo de respuesta"],
  responses: ["Responses", "Respuestas"],
  "search.navbar.label": ["Search ", "Buscar "],
  "search.searchItem.deprecated": ["Deprecated", "Obsoleto"],
  "search.searchItem.enum": ["Enum", "Valores permitidos"],
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

/** Labels in the code of Redoc's program: the code, and its replacement. */
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
  ["`One of:`", "`Una de estas opciones:`"],
  ["`Any of:`", "`Cualquiera de estas opciones:`"],
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
  ["`Array of `", "`Arreglo de `"],
  ["`property name`", "`nombre del campo`"],
  ["`Value:`:`Enum:`", "`Valor:`:`Valores permitidos:`"],
  ["label:`Enum:`", "label:`Valores permitidos:`"],
  ["`query parameters`", "`parámetros de consulta`"],
  ["`path parameters`", "`parámetros de ruta`"],
  ["`header parameters`", "`encabezados`"],
  ["=`request fields`", "=`campos de la solicitud`"],
  ["=`request body`,", "=`cuerpo de la solicitud`,"],
  ["=`request examples`,", "=`solicitud: ejemplos`,"],
  ["endsWith(` examples`)", "endsWith(` ejemplos`)"],
  ["=`description`,", "=`descripción`,"],
  ["=`server`,", "=`servidor`,"],
  ["=`security`,", "=`seguridad`,"],
  ["=`overview`,", "=`introducción`,"],
  ["children:`Searching...`", "children:`Buscando…`"],
  // Redoc puts the English "Header" before this label.
  ["label:`${n}${t(`parameterName`", "label:`${t(`parameterName`"],
  ["=`schema fields`", "=`campos`"],
  ["`response ${e} fields`", "`respuesta ${e} campos`"],
  ["`response ${e} headers`", "`respuesta ${e} encabezados`"],
  ["`response ${e} examples`", "`respuesta ${e} ejemplos`"],
  ["`response ${e}`", "`respuesta ${e}`"],
  // The search reads the status from the labels above.
  ["(?:^|\\s)response (\\S+) ", "(?:^|\\s)respuesta (\\S+) "],
  ['"aria-label":`Copy`', '"aria-label":`Copiar`'],
  ["label:`Payload`,lang:`payload`", "label:`Cuerpo`,lang:`payload`"],
];

/** Labels in the prerendered part of the page. They must be the same as those of the program. */
const prerendered: [english: string, spanish: string][] = [
  [">Loading...<", ">Cargando…<"],
  [">API docs by<", ">Hecho con<"],
  ['aria-label="light"', 'aria-label="claro"'],
  ['aria-label="Hide sidebar"', 'aria-label="Ocultar la barra lateral"'],
  ['aria-label="Open navigation menu"', 'aria-label="Abrir el menú"'],
];

/** Labels that are prerendered only if the document has a license or servers. */
const prerenderedIfAny: typeof prerendered = [
  [">Overview<", ">Resumen<"],
  [">License<", ">Licencia<"],
  [">Servers<", ">Servidores<"],
  ['aria-label="Copy"', 'aria-label="Copiar"'],
];

// The function that looks up a label by its key. It gets the table above.
const lookup = "useTranslate:()=>({translate:(e,t)=>";

/** The rendered page with Redoc's labels in Spanish. The texts of the document aren't changed. */
export function inSpanish(page: string): string {
  const [before, program, data] = parts(page);
  const table = Object.fromEntries(
    Object.entries(byKey).map(([key, [english, spanish]]) => {
      found(program, `\`${key}\``, english);
      found(program, `\`${english}\``, english);
      return [key, spanish];
    }),
  );
  found(program, lookup, "the lookup of labels");
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
    `The docs page no longer contains "${label}", because Redoc has changed. Update scripts/docs/labels.ts.`,
  );

/** Labels that must not appear on the Spanish page. */
export const englishLabels: string[] = [
  ...Object.values(byKey).map(([english]) => english),
  ...[...written, ...prerendered, ...prerenderedIfAny].flatMap(
    ([english]) => english.match(/(?<=[`>"])[^`<>"$:,={}]+(?=[`<"])/g) ?? [],
  ),
].map((label) => label.trim());
