/* ganart.exe and ganart.com: load Python's library, which lies in _internal, and let it run
   start.py there. The one has no console; the other is for the command line, where Windows takes
   a .com before an .exe of the same name.

   No part of Python is linked in, so any C compiler will do. */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

enum { LONGEST = 32768 }; /* of a path, in characters, with its end */
#define INSIDE L"\\_internal"
static const wchar_t not_complete[] =
    L"GanArt Studio is not complete. Nothing of yours was changed. Install it again.";

typedef int (*python_main)(int, wchar_t **);

static int fail(void)
{
#ifdef WINDOW
    MessageBoxW(NULL, not_complete, L"GanArt Studio", MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", not_complete);
#endif
    return 1;
}

int wmain(int count, wchar_t **given)
{
    static wchar_t program[LONGEST], folder[LONGEST], library[LONGEST], start[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, program, LONGEST);
    if (length == 0 || length > LONGEST - 64)
        return fail();
    wcscpy(folder, program);
    *wcsrchr(folder, L'\\') = L'\0';
    wcscat(folder, INSIDE);
    swprintf(library, LONGEST, L"%ls\\%ls", folder, PYTHON);
    swprintf(start, LONGEST, L"%ls\\start.py", folder);

    /* The libraries of Visual C++ lie there too, for torch and Qt. */
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(folder);
    HMODULE python = LoadLibraryW(library);
    python_main run = python ? (python_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **words = calloc(count + 2, sizeof *words);
    if (!run || !words)
        return fail();
    words[0] = program;
    words[1] = start;
    for (int i = 1; i < count; i++)
        words[i + 1] = given[i];
    return run(count + 1, words);
}
