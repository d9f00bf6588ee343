// The compiler's API, from TypeScript 5.9. (`npm test` checks types with 7: scripts/process.ts.) `import` reads its 9 MB
// twice to find out what they export, which takes a second; `require` doesn't.
exports.ts = require("typescript");
