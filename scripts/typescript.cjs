// The compiler. `import` reads its 9 MB twice to find out what they export, which takes a second; `require` doesn't.
exports.ts = require("typescript");
