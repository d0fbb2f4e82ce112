// One function file per declaration, and one declaration per function file: a function that nothing declares gets no
// route, grants or alarms, and a declaration without a file has no code.

export const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

/** What the cloud itself starts, and nobody calls: each with the reason why no declaration fits. */
export const startedByTheCloud: ReadonlyMap<string, string> = new Map([
  [
    'functions/edge/rotate-origin-secret.ts',
    'Secrets Manager starts it, by its own protocol (lib/stacks/origin-rotation.ts)',
  ],
])

type Named = { readonly capability: string; readonly declared: { readonly name: string } }
type Declared = { readonly [Part in 'endpoints' | 'consumers' | 'schedules']: readonly Named[] } & {
  readonly fallback: { readonly capability: string; readonly name: string }
}

const fileOf = (capability: string, name: string): string => `functions/${capability}/${kebab(name)}.ts`

export const declaredFiles = (city: Declared): readonly string[] => [
  ...[...city.endpoints, ...city.consumers, ...city.schedules].map((one) => fileOf(one.capability, one.declared.name)),
  fileOf(city.fallback.capability, city.fallback.name),
]

const without = (list: readonly string[], others: readonly string[]) => list.filter((one) => !others.includes(one))

export const unbound = (declared: readonly string[], files: readonly string[]): readonly string[] => [
  ...without(declared, files).map((file) => `${file} is missing: shared/city.ts declares it`),
  ...without(files, [...declared, ...startedByTheCloud.keys()]).map(
    (file) => `${file} is declared by nothing in shared/city.ts`,
  ),
  ...declared.filter((file, place) => declared.indexOf(file) !== place).map((file) => `${file} is declared twice`),
]
