// Nothing is built before the first event, and what can be built once is built then.
import type { Context } from 'aws-lambda'

export const builtAtFirst = <Event, Reply>(
  build: () => (event: Event, context: Context) => Promise<Reply>,
): ((event: Event, context: Context) => Promise<Reply>) => {
  let handler: ReturnType<typeof build> | undefined
  return (event, context) => {
    handler ??= build()
    return handler(event, context)
  }
}
