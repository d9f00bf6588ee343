// Relative, so that the page finds its script below whatever path it is served from.
export default { base: "./", logLevel: "warn" };
