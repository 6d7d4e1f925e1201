/** The deployment's part of a pod's name: `shop-web-7c5f4c86c9-x2vqz` is a pod of `shop-web`. Other names stay whole. */
export function serviceOfPod(pod: string): string {
  return /^(.{1,200})-[a-z0-9]{6,10}-[a-z0-9]{5}$/.exec(pod)?.[1] ?? pod
}
