// Finds the route of a request: a tree of path segments, made once. A literal segment wins over a parameter, a parameter over a
// greedy one (`{proxy+}`), an exact method over ANY.
export interface Found<Target> {
  readonly target: Target
  readonly parameters: Readonly<Record<string, string>> | undefined
}

interface Leaf<Target> {
  readonly target: Target
  readonly names: readonly string[]
}

interface Node<Target> {
  readonly children: Map<string, Node<Target>>
  parameter: Node<Target> | undefined
  readonly methods: Map<string, Leaf<Target>>
  readonly greedy: Map<string, Leaf<Target>>
}

export interface PathTree<Target> {
  add(method: string, path: string, target: Target): void
  find(method: string, path: string): Found<Target> | undefined
}

/** Deeper paths are looked up as unknown. */
const MAX_SEGMENTS = 32

const node = <Target>(): Node<Target> => ({
  children: new Map(),
  parameter: undefined,
  methods: new Map(),
  greedy: new Map(),
})

export const pathTree = <Target>(): PathTree<Target> => {
  const root = node<Target>()
  return {
    add: (method, path, target) => plant(root, method, path, target),
    find: (method, path) => {
      const segments = path.length > 1 ? path.slice(1).split('/') : []
      return segments.length > MAX_SEGMENTS ? undefined : seek(root, method, segments, 0, [])
    },
  }
}

const plant = <Target>(root: Node<Target>, method: string, path: string, target: Target): void => {
  const names: string[] = []
  let at = root
  for (const segment of path.split('/').filter((each) => each !== '')) {
    if (segment.endsWith('+}')) {
      at.greedy.set(method, { target, names: [...names, segment.slice(1, -2)] })
      return
    }
    if (segment.startsWith('{')) {
      names.push(segment.slice(1, -1))
      at.parameter ??= node()
      at = at.parameter
    } else {
      const next = at.children.get(segment) ?? node<Target>()
      at.children.set(segment, next)
      at = next
    }
  }
  at.methods.set(method, { target, names })
}

const seek = <Target>(
  at: Node<Target>,
  method: string,
  segments: readonly string[],
  index: number,
  values: readonly string[],
): Found<Target> | undefined => {
  const segment = segments[index]
  if (segment === undefined) {
    const leaf = at.methods.get(method) ?? at.methods.get('ANY')
    return leaf && found(leaf, values)
  }
  const child = at.children.get(segment)
  const literal = child && seek(child, method, segments, index + 1, values)
  if (literal) return literal
  const open = at.parameter && segment !== '' && seek(at.parameter, method, segments, index + 1, [...values, segment])
  if (open) return open
  const greedy = at.greedy.get(method) ?? at.greedy.get('ANY')
  return greedy && found(greedy, [...values, segments.slice(index).join('/')])
}

const found = <Target>(leaf: Leaf<Target>, values: readonly string[]): Found<Target> => ({
  target: leaf.target,
  parameters:
    leaf.names.length === 0
      ? undefined
      : Object.fromEntries(leaf.names.map((name, index) => [name, decoded(values[index] ?? '')])),
})

/** A broken escape is passed on as it came. */
export const decoded = (text: string): string => {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
