/**
 * Commands by path, for the type checker. Plugins add theirs:
 *
 * ```ts
 * declare module '@structum/core' {
 *   interface CommandMap {
 *     greet: { input: { name: string; times?: number }; result: Greeting };
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- plugins fill it by declaration merging
export interface CommandMap {}

/** The path of a command that {@link CommandMap} knows. */
// eslint-disable-next-line @typescript-eslint/no-redundant-type-constituents -- never only until a plugin adds to the map
export type CommandName = keyof CommandMap & string;

/** A path that {@link CommandMap} does not know: a literal that it does know is typed, and nothing else will do. */
export type OtherPath<Path extends string> = Path extends CommandName ? never : Path;

/** The input of the command `Name`. */
export type CommandInput<Name extends CommandName> = CommandMap[Name] extends { input: infer Input } ? Input : never;

/** What the items of the command `Name` are, where it streams: those of its result. */
export type CommandItem<Name extends CommandName> = CommandResult<Name> extends readonly (infer Item)[] ? Item : unknown;

/** The result of the command `Name`. */
export type CommandResult<Name extends CommandName> = CommandMap[Name] extends { result: infer Result } ? Result : never;
