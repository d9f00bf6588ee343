// `import` would load TypeScript slowly: see scripts/typescript.cjs.
exports.openapiTypescript = require("openapi-typescript");
