export declare const openapiTypescript: typeof import("openapi-typescript", { with: {
  "resolution-mode": "import",
}});
