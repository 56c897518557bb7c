import { at } from './at.ts';
import type { Random } from './random.ts';

const FIRST_NAMES = listed(`
  Aaliyah, Aarav, Adam, Agnieszka, Aiko, Alejandra, Amara, Anders, Anjali, Beatriz, Bilal,
  Caleb, Camille, Chidi, Chloé, Daniel, Diego, Dmitri, Eleni, Elijah, Emeka, Fatima, Freya,
  Gabriel, Grace, Hana, Hassan, Hugo, Imani, Ingrid, Isabel, Ivan, Jamal, Jasmine, João,
  Kenji, Kwame, Layla, Leon, Linh, Lucía, Mateo, Mei, Miriam, Nadia, Niamh, Noah, Olga,
  Omar, Priya, Rafael, Rosa, Ruth, Samuel, Sana, Søren, Tariq, Thandiwe, Valentina, Wei,
  Yara, Yusuf, Zanele, Zoë
`);

const LAST_NAMES = listed(`
  Abdi, Adeyemi, Álvarez, Andersen, Banerjee, Becker, Bianchi, Brown, Castillo, Chen, Cohen,
  Da Silva, Delgado, Diallo, Dubois, Eriksson, Fernández, Fischer, García, Gupta, Haddad,
  Hansen, Hughes, Ibrahim, Ivanova, Jackson, Johansson, Jones, Kaya, Khan, Kim, Kovács,
  Kowalski, Lee, Lopez, MacDonald, Martin, Mbeki, Mendoza, Meyer, Mohammed, Moreau, Müller,
  Nakamura, Nguyễn, Nowak, O’Brien, Okafor, Oliveira, Osei, Papadopoulos, Park, Patel,
  Reyes, Rossi, Santos, Sharma, Smith, Suzuki, Tanaka, Thompson, Van Dijk, Williams, Yılmaz
`);

/** So many people with an email address of their own; names repeat only when every combination is in use. */
export function drawPeople(random: Random, count: number): { name: string; email: string }[] {
  const combinations = FIRST_NAMES.length * LAST_NAMES.length;
  const order = random.shuffled(Array.from({ length: combinations }, (_, index) => index));
  return Array.from({ length: count }, (_, index) => {
    const combination = at(order, index % combinations);
    const first = at(FIRST_NAMES, Math.floor(combination / LAST_NAMES.length));
    const last = at(LAST_NAMES, combination % LAST_NAMES.length);
    const namesakes = Math.floor(index / combinations);
    return {
      name: `${first} ${last}`,
      email: `${asciiOf(first)}.${asciiOf(last)}${namesakes === 0 ? '' : namesakes + 1}@tutors.example`,
    };
  });
}

function asciiOf(name: string): string {
  const plain = name.toLowerCase().replaceAll('ø', 'o').replaceAll('ı', 'i').normalize('NFD');
  return plain.replaceAll(/[^a-z]/g, '');
}

function listed(names: string): string[] {
  return names.split(',').map((name) => name.trim());
}
