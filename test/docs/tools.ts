/** The folder of a page's project with the programs that stand in for others. */
export const TOOLS = '.tools';
