// Circles of imports, types included: a circle means that two files are one idea in two places.
import type { Import } from './imports.ts'

type Graph = ReadonlyMap<string, readonly string[]>

const graphOf = (imports: readonly Import[]): Graph => {
  const within = imports.filter((one) => one.kind === 'project')
  return new Map(
    [...Map.groupBy(within, (one) => one.from)].map(([from, edges]) => [from, edges.map((edge) => edge.to)]),
  )
}

/** Each circle once, as the path that closes it. Depth first; a file done once is never entered again. */
export const circlesIn = (imports: readonly Import[]): readonly string[] => {
  const graph = graphOf(imports)
  const done = new Set<string>()
  const circles: string[] = []
  const enter = (file: string, path: readonly string[]): void => {
    const place = path.indexOf(file)
    if (place >= 0) circles.push([...path.slice(place), file].join(' -> '))
    if (place >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) enter(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) enter(file, [])
  return circles
}
