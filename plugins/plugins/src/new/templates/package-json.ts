import type { PluginPlan } from '../plugin-plan.js';
import { NODE, TOOLS } from './versions.js';

/** What of a package.json depends on the language. */
export interface PackageParts {
  readonly exports: Readonly<Record<string, unknown>>;
  /** What is published, besides what npm always takes. */
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly tools: readonly (keyof typeof TOOLS)[];
}

/** The `package.json` of a new plugin. */
export function packageJson(plan: PluginPlan, { exports, files, scripts, tools }: PackageParts): string {
  const range = `^${plan.version}`;
  return json({
    name: plan.package,
    version: '1.0.0',
    ...(plan.license === 'UNLICENSED' ? { private: true } : {}),
    description: plan.description,
    license: plan.license,
    ...(plan.author === undefined ? {} : { author: plan.author }),
    keywords: ['structum-plugin'],
    type: 'module',
    engines: { node: NODE },
    structum: { manifest: './structum.manifest.json' },
    exports: { ...exports, './package.json': './package.json' },
    files: [...files, 'structum.manifest.json'],
    scripts,
    peerDependencies: { '@structum/core': range },
    devDependencies: sorted({ '@structum/core': range, structum: range, ...Object.fromEntries(tools.map((name) => [name, TOOLS[name]])) }),
  });
}

/** A JSON file, as npm writes it. */
export function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function sorted(dependencies: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies).sort(([left], [right]) => (left < right ? -1 : 1)));
}
