// How a binding in functions/ hands the outside to a port maker. Nothing is read at import:
// a port is made once, at the first event, from what it is given here.
export interface Wiring {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The declaration's name, for logs. */
  readonly name: string
  /** Retries of a port must end well within it. */
  readonly budgetMs: number
}

export type PortMaker<Port> = (wiring: Wiring) => Port

export const required = (wiring: Wiring, variable: string): string => {
  const value = wiring.environment[variable]
  if (value === undefined || value === '') throw new Error(`${wiring.name}: the environment lacks ${variable}`)
  return value
}
