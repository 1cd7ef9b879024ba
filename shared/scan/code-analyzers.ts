/** Who lists the packages of code, and everybody who reads it. */
import type { ImageLister, Lister } from "../artifacts/kept-artifact.ts";
import { packagesOfImage } from "../libraries/packages/image-packages.ts";
import { type LayerContents, layerInspector, namesLengthOf } from "../libraries/packages/layer-contents.ts";
import { packageInspector } from "../libraries/packages/package-inspector.ts";
import type { PackageList } from "../model/packages.ts";
import { analyzerFor } from "./analyzers.ts";
import type { Watchdog } from "./watchdog.ts";

/** Of the readers of packages together. With the next number every artifact is listed again; what the last ones found is used meanwhile. */
const packageReaders = 4;

export const packageLister: Lister<PackageList> = { version: packageReaders, inspector: packageInspector() };

/** Of the readers of layers: with the next number, or the next of the readers of packages, every layer is read again. */
const layerReaders = 2;

export const imageLister: ImageLister<LayerContents, PackageList> = {
  version: packageReaders * 1000 + layerReaders,
  inspector: layerInspector(),
  charactersIn: namesLengthOf,
  merge: packagesOfImage,
};

/** What a scan that reads code is given. @param images false: container images are not read */
export function codeReaders({ images }: { readonly images: boolean }): Pick<Watchdog, "analyzerFor" | "packageLister" | "imageLister"> {
  return { analyzerFor, packageLister, ...(images ? { imageLister } : {}) };
}
