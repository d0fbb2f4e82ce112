// A use case that runs past its budget is answered for: the caller hears in time that the outcome is unknown
// and repeats with the same key, instead of waiting for the gateway to give up.

export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp'
}

export const within = async <Value>(budgetMs: number, work: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeIsUp(`over ${budgetMs} ms`)), budgetMs)
  })
  try {
    return await Promise.race([work, timeIsUp])
  } finally {
    clearTimeout(timer)
  }
}
