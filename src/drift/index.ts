export * as contract from "../../generated/contract.js";
