// A module beside the peers' own node_modules, so that their names are looked up there and nowhere else.

/** @param {string} name */
export const load = (name) => import(name);
