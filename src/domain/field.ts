/** One thing to fill in: in a form that connects, or an option of a variant. */
export interface Field {
  name: string;
  label: string;
  /**
   * `image` holds the id of a picture in the library, `datetime` an instant as ISO 8601 in UTC (chosen in the
   * workspace's zone), `note` holds nothing: it is a sentence (`help`) to be read.
   */
  kind: 'text' | 'textarea' | 'password' | 'url' | 'number' | 'datetime' | 'select' | 'checkbox' | 'image' | 'note';
  help?: string;
  /** Words of `help` that lead somewhere. */
  links?: readonly { text: string; url: string }[];
  placeholder?: string;
  required?: boolean;
  /** Of a select. The first one counts when nothing was chosen, unless there is a `placeholder`: then one must be chosen. */
  choices?: readonly { value: string; label: string }[];
  /** The choices come from the network (`composing`). */
  loads?: true;
  /** Shown only while another field has this value. */
  when?: { field: string; is: string | boolean };
  /** Shown only for these formats. */
  formats?: readonly string[];
}
