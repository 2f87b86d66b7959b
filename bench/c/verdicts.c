/*
 * The loops of src/evaluate/kernel.ts in C, over the same columns: what the engine is measured against. It is read beside the kernel, whose names it has.
 *
 *   gcc -O3 -march=native '-DCOLUMNS(X)=X(source, uint32_t) X(destination, uint32_t) ...' verdicts.c -o verdicts
 *   ./verdicts INPUT VERDICTS MILLISECONDS
 *
 * COLUMNS names the columns in the order of INPUT, with the type of their elements (bench/support/c-loop.ts writes both). INPUT is, little endian: six uint32 (flows, cells of a row in
 * pages, pages of a row of bits per direction, verdicts of one port class in a cube, bits of a peer class beside the place), then each column: its number of elements (uint32), zeros up to a multiple of 64 bytes, the elements, zeros up to a multiple of 64 bytes.
 * Judges all flows again and again for as long as it was told, prints the nanoseconds of each pass, and writes the verdicts of the last.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DENY = 0, ALLOW = 1, UNKNOWN = 2 };
#define NONE 0xffffffffu

#define MEMBER(name, type) const type *name; uint32_t name##Length;
static struct { uint32_t flows, portClasses, ingressPages, egressPages, layer, placeShift; COLUMNS(MEMBER) } tables;

#ifdef CUBE

static void judge(uint8_t *restrict verdicts) {
#define LOCAL(name, type) const type *restrict const name = tables.name;
  COLUMNS(LOCAL)
  const uint32_t count = tables.flows, layer = tables.layer;
  const uint32_t hairpin = switches[0], ownNodeAllowed = switches[1];
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t from = source[i], to = destination[i], number = port[i];
    const uint32_t portClass = portCell[((uint32_t)portPage[((uint32_t)protocol[i] << 12) + (number >> 4)] << 4) + (number & 15)];
    const uint32_t verdict = verdictCell[portClass * layer + sourceCell[from] + destinationCell[to]];
    const uint32_t same = endpointSelf[from] == endpointSelf[to];
    const uint32_t ownNode = (endpointSelf[from] == endpointHost[to]) | (endpointHost[from] == endpointSelf[to]);
    const uint32_t compared = (same & hairpin) | (ownNode & (same ^ 1) & ownNodeAllowed);
    verdicts[i] = verdict ^ ((verdict ^ ALLOW) & -compared);
  }
}

#elif defined STRIPS

static void judge(uint8_t *restrict verdicts) {
#define LOCAL(name, type) const type *restrict const name = tables.name;
  COLUMNS(LOCAL)
  const uint32_t count = tables.flows, placeShift = tables.placeShift, peerMask = (1u << placeShift) - 1;
  const uint8_t hairpin = switches[0], ownNode = switches[1];
  const int judgesOwnNode = tables.egressOwnNodeLength > 0;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t from = source[i], to = destination[i], number = port[i];
    const uint32_t portClass = portCell[((uint32_t)portPage[((uint32_t)protocol[i] << 12) + (number >> 4)] << 4) + (number & 15)];
    const uint32_t sourceEnd = sources[from * 2 + 1], destinationEnd = destinations[to * 2 + 1];
    const uint32_t ingressPeer = sourceEnd & peerMask, egressPeer = destinationEnd & peerMask;
    const uint32_t egressStrip = egressCell[((uint32_t)egressPage[sources[from * 2] + (egressPeer >> 5)] << 5) + (egressPeer & 31)];
    const uint32_t ingressStrip = ingressCell[((uint32_t)ingressPage[destinations[to * 2] + (ingressPeer >> 5)] << 5) + (ingressPeer & 31)];
    const uint32_t word = portClass >> 4, shift = (portClass & 15) * 2;
    uint32_t both = egressStrips[egressStrip + word] & ingressStrips[ingressStrip + word];
    uint32_t allow = 0;
    if ((sourceEnd ^ destinationEnd) >> placeShift == 0) {
      if (endpointSelf[from] == endpointSelf[to]) {
        allow = hairpin;
      } else if (ownNode && endpointHost[from] == endpointSelf[to]) {
        /* From a pod to its own node: as the rows say that judge that way, where there are any. Nothing is asked of a node's ingress. */
        const uint32_t subject = judgesOwnNode ? egressOwnNode[endpointEgressSubject[from]] : NONE;
        if (subject == NONE) allow = 1;
        else both = egressStrips[egressCell[((uint32_t)egressPage[egressSubjectPages[subject] + (egressPeer >> 5)] << 5) + (egressPeer & 31)] + word];
      } else if (ownNode && endpointSelf[from] == endpointHost[to]) {
        allow = 1;
      }
    }
    both = allow ? 3 : both >> shift & 3;
    verdicts[i] = (both & 1) << ((both >> 1) ^ 1);
  }
}

#else

static void judge(uint8_t *restrict verdicts) {
#define LOCAL(name, type) const type *restrict const name = tables.name;
  COLUMNS(LOCAL)
  const uint32_t count = tables.flows, portClasses = tables.portClasses, rowPages = (portClasses + 15) / 16, ingressPages = tables.ingressPages, egressPages = tables.egressPages;
  const uint32_t ingressBlocks = ingressPages > 16 ? (ingressPages + 15) / 16 : 0;
  const uint32_t egressBlocks = egressPages > 16 ? (egressPages + 15) / 16 : 0;
  const uint32_t ingressRowBlocks = tables.ingressVerdictRowBlockLength > 0 ? (rowPages + 15) / 16 : 0;
  const uint32_t egressRowBlocks = tables.egressVerdictRowBlockLength > 0 ? (rowPages + 15) / 16 : 0;
  const uint8_t hairpin = switches[0], ownNode = switches[1];
  const int ingressUnknown = tables.ingressUnknownPageLength > 0, egressUnknown = tables.egressUnknownPageLength > 0;
  const int judgesOwnNode = tables.egressOwnNodeLength > 0;

/* Where the row of a subject class is: of at most 16 port classes they follow each other, of more they stand in pages of 16. */
#define ROW_AT(subject, at, pages) ((rowPages == 1 ? (subject) * portClasses : (uint32_t)(pages)[at] << 4) + cell)

/* Where page `page` of a subject class is listed: where all pages would be too many, subject classes are cut into blocks. */
#define ROW_PAGE_AT(subject, page, blocks, block) \
  ((blocks) == 0 ? (subject) * rowPages + (page) : ((uint32_t)(block)[(subject) * (blocks) + ((page) >> 4)] << 4) + ((page) & 15))

/* Where page `peer / 512` of a row is listed: rows of more than 16 pages are cut into blocks. */
#define PAGE_AT(row, peer, pages, blocks, block) \
  ((blocks) == 0 ? (row) * (pages) + ((peer) >> 9) : ((block)[(row) * (blocks) + ((peer) >> 13)] << 4) + (((peer) >> 9) & 15))

  for (uint32_t i = 0; i < count; i++) {
    const uint32_t from = source[i], to = destination[i], number = port[i];
    const uint32_t portClass = portCell[((uint32_t)portPage[((uint32_t)protocol[i] << 12) + (number >> 4)] << 4) + (number & 15)];
    const uint32_t page = portClass >> 4, cell = portClass & 15;
    const uint32_t egressSubject = endpointEgressSubject[from], ingressSubject = endpointIngressSubject[to];
    const uint32_t egressRowAt = ROW_PAGE_AT(egressSubject, page, egressRowBlocks, egressVerdictRowBlock);
    const uint32_t ingressRowAt = ROW_PAGE_AT(ingressSubject, page, ingressRowBlocks, ingressVerdictRowBlock);
    uint32_t egressRow = egressVerdictRowCell[ROW_AT(egressSubject, egressRowAt, egressVerdictRowPage)];
    const uint32_t ingressRow = ingressVerdictRowCell[ROW_AT(ingressSubject, ingressRowAt, ingressVerdictRowPage)];
    const uint32_t egressPeer = endpointEgressPeer[to], ingressPeer = endpointIngressPeer[from];
    const uint32_t egressWord = (egressPeer & 511) >> 5, ingressWord = (ingressPeer & 511) >> 5;
    uint32_t egressAt = PAGE_AT(egressRow, egressPeer, egressPages, egressBlocks, egressAllowBlock);
    const uint32_t ingressAt = PAGE_AT(ingressRow, ingressPeer, ingressPages, ingressBlocks, ingressAllowBlock);
    uint32_t egressAllows = egressAllowBits[((uint32_t)egressAllowPage[egressAt] << 4) + egressWord] >> (egressPeer & 31);
    uint32_t ingressAllows = ingressAllowBits[((uint32_t)ingressAllowPage[ingressAt] << 4) + ingressWord] >> (ingressPeer & 31);
    uint32_t verdict = egressAllows & ingressAllows & 1;
    if (endpointPlace[from] == endpointPlace[to] && verdict == 0) {
      if (endpointSelf[from] == endpointSelf[to]) {
        verdict = hairpin;
      } else if (endpointSelf[from] == endpointHost[to]) {
        verdict = ownNode;
      } else if (endpointHost[from] == endpointSelf[to] && ownNode) {
        /* From a pod to its own node: as the rows say that judge that way, where there are any. Nothing is asked of a node's ingress. */
        const uint32_t subject = judgesOwnNode ? egressOwnNode[endpointEgressSubject[from]] : NONE;
        verdict = ALLOW;
        if (subject != NONE) {
          const uint32_t at = ROW_PAGE_AT(subject, page, egressRowBlocks, egressVerdictRowBlock);
          egressRow = egressVerdictRowCell[ROW_AT(subject, at, egressVerdictRowPage)];
          egressAt = PAGE_AT(egressRow, egressPeer, egressPages, egressBlocks, egressAllowBlock);
          egressAllows = egressAllowBits[((uint32_t)egressAllowPage[egressAt] << 4) + egressWord] >> (egressPeer & 31);
          verdict = egressAllows & 1;
        }
      }
    }
    if ((ingressUnknown || egressUnknown) && verdict == 0) {
      uint32_t egressOpen = 0, ingressOpen = 0;
      if (egressUnknown) {
        const uint32_t at = PAGE_AT(egressRow, egressPeer, egressPages, egressBlocks, egressUnknownBlock);
        egressOpen = egressUnknownBits[((uint32_t)egressUnknownPage[at] << 4) + egressWord] >> (egressPeer & 31);
      }
      if (ingressUnknown) {
        const uint32_t at = PAGE_AT(ingressRow, ingressPeer, ingressPages, ingressBlocks, ingressUnknownBlock);
        ingressOpen = ingressUnknownBits[((uint32_t)ingressUnknownPage[at] << 4) + ingressWord] >> (ingressPeer & 31);
      }
      verdict = ((egressAllows | egressOpen) & (ingressAllows | ingressOpen) & 1) << 1;
    }
    verdicts[i] = verdict;
  }
}

#endif

static void fail(const char *what) {
  fprintf(stderr, "Error: %s\n", what);
  exit(1);
}

static void readExactly(FILE *file, void *into, size_t bytes) {
  if (fread(into, 1, bytes, file) != bytes) fail("the input is cut short");
}

static const void *readColumn(FILE *file, uint32_t *length, size_t elementBytes) {
  char zeros[64];
  readExactly(file, length, 4);
  readExactly(file, zeros, 60);
  const size_t bytes = (*length * elementBytes + 63) / 64 * 64;
  void *column = aligned_alloc(64, bytes + 64);
  if (column == NULL) fail("no memory");
  readExactly(file, column, bytes);
  return column;
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count != 4) fail("expected INPUT VERDICTS MILLISECONDS");
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL) fail("the input cannot be opened");
  readExactly(file, &tables, 24);
#define READ(name, type) tables.name = readColumn(file, &tables.name##Length, sizeof(type));
  COLUMNS(READ)
  uint8_t *verdicts = aligned_alloc(64, ((size_t)tables.flows + 63) / 64 * 64 + 64);
  if (verdicts == NULL) fail("no memory");
  judge(verdicts); /* The first pass meets cold caches and untouched memory. */
  const uint64_t end = now() + strtoull(arguments[3], NULL, 10) * 1000000u;
  do {
    const uint64_t start = now();
    judge(verdicts);
    printf("%llu\n", (unsigned long long)(now() - start));
  } while (now() < end);
  FILE *out = fopen(arguments[2], "wb");
  if (out == NULL || fwrite(verdicts, 1, tables.flows, out) != tables.flows || fclose(out) != 0) fail("the verdicts cannot be written");
  return 0;
}
