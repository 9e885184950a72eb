import type { Container } from '../../protocol.ts';
import { firstTextIn } from '../json.ts';

/** Names under which kubelet, containerd's CRI plugin and CRI-O write a pod into annotations and labels. */
const POD_NAME = ['io.kubernetes.cri.sandbox-name', 'io.kubernetes.pod.name', 'io.kubernetes.cri-o.KubeName'];
const POD_NAMESPACE = ['io.kubernetes.cri.sandbox-namespace', 'io.kubernetes.pod.namespace', 'io.kubernetes.cri-o.Namespace'];
const POD_UID = ['io.kubernetes.cri.sandbox-uid', 'io.kubernetes.pod.uid'];
const CONTAINER_NAME = ['io.kubernetes.cri.container-name', 'io.kubernetes.container.name'];
const CONTAINER_TYPE = ['io.kubernetes.cri.container-type', 'io.kubernetes.cri-o.ContainerType'];
const IMAGE = ['io.kubernetes.cri.image-name', 'io.kubernetes.cri-o.ImageName', 'io.kubernetes.cri-o.Image'];

/** The pod that annotations or labels name; null when they name none. */
export function podIn(annotations: unknown): Container['pod'] {
  const name = firstTextIn(annotations, POD_NAME);
  const namespace = firstTextIn(annotations, POD_NAMESPACE);
  const uid = firstTextIn(annotations, POD_UID);
  return name === null && namespace === null && uid === null ? null : { name, namespace, uid };
}

/** The container's name in its pod. What holds a pod's namespaces (the "pause" process) has none, and is called as its pod. */
export function containerNameIn(annotations: unknown): string | null {
  if (firstTextIn(annotations, CONTAINER_TYPE) === 'sandbox') return firstTextIn(annotations, POD_NAME);
  return firstTextIn(annotations, CONTAINER_NAME);
}

export function imageIn(annotations: unknown): string | null {
  return firstTextIn(annotations, IMAGE);
}
