export interface Side {
  name: string;
  broken: number;
  unnoticed: string[];
}
export async function brokenSides(): Promise<Side[]> {
  return [];
}
