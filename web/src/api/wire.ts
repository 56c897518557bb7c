/** A type of the contract as it comes over the wire: an instant is text there. */
export type OnWire<Type> = Type extends Date
  ? string
  : Type extends readonly (infer Item)[]
    ? OnWire<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: OnWire<Type[Key]> }
      : Type;
