/** More came than was to come. */
export class TooLarge extends Error {}
